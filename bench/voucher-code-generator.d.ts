// The package brings no types.
declare module 'voucher-code-generator' {
  const generator: { generate(settings: { count: number; pattern: string; charset: string }): string[] };
  export default generator;
}
