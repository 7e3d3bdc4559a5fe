/** The limits of job settings. The maximum of the promotion limits the number of codes. */
export const jobLimits = {
  nameLength: 50,
  codeLength: { min: 8, max: 16, default: 8 },
  prefixLength: 50,
  numberOfCodes: { min: 1 },
  maxUses: { min: 0, max: 2_147_483_647 },
} as const;
