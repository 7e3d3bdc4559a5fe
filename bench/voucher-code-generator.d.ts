// The package has no type declarations.
declare module 'voucher-code-generator' {
  const generator: { generate(settings: { count: number; pattern: string; charset: string }): string[] };
  export default generator;
}
