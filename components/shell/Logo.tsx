type Props = { size?: number };

/** The logo: a percent sign whose dots are mint leaves. */
export function LogoMark({ size = 28 }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8.5" fill="#0d7152" />
      <path d="M9.2 24.6C12.6 20.4 19 14 23.6 7.4" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M15 15.6C8.9 16 6 12.6 6.4 6.9c5.9-.5 9.2 2.7 8.6 8.7Z" fill="#7fd6b0" />
      <path d="M17.2 17.2c6.1-.4 9 2.9 8.5 8.7-5.9.5-9.1-2.7-8.5-8.7Z" fill="#aee6cc" />
    </svg>
  );
}
