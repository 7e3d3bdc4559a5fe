import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const mint: MantineColorsTuple = [
  '#eefaf4',
  '#d6f3e5',
  '#aee6cc',
  '#7fd6b0',
  '#4cc394',
  '#27a87b',
  '#12845f',
  '#0d7152',
  '#0b5b43',
  '#084532',
];

/** Dark enough for white text on filled surfaces. */
const red: MantineColorsTuple = [
  '#fff1f1',
  '#ffdfdf',
  '#ffc0c0',
  '#ff9d9d',
  '#fb7a7a',
  '#ec5757',
  '#d13236',
  '#c0282d',
  '#9f1f26',
  '#78161e',
];

/** Neutrals with a mint tint. */
const gray: MantineColorsTuple = [
  '#f6f9f8',
  '#eef3f1',
  '#e3eae7',
  '#d3dcd9',
  '#b9c4c0',
  '#8b9994',
  '#5a6964',
  '#43504c',
  '#2c3733',
  '#17201d',
];

const dark: MantineColorsTuple = [
  '#d6dfdc',
  '#bac6c2',
  '#9aa9a4',
  '#71807b',
  '#333e3b',
  '#28322f',
  '#1c2422',
  '#151c1a',
  '#0e1412',
  '#090d0c',
];

const heading = (fontSize: string, lineHeight: string) => ({ fontSize, lineHeight });

/** System fonts only: the page loads nothing from other sites. */
export const theme = createTheme({
  colors: { mint, red, gray, dark },
  black: '#17201d',
  primaryColor: 'mint',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: heading('1.625rem', '1.25'),
      h2: heading('1.1875rem', '1.35'),
      h3: heading('1rem', '1.4'),
      h4: heading('0.875rem', '1.4'),
    },
  },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1.25rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Paper: { defaultProps: { radius: 'lg', withBorder: true } },
    Modal: {
      styles: { title: { fontWeight: 650 } },
      defaultProps: { radius: 'lg', centered: true, closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'none' } } },
    },
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 200 } },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
    Notification: { defaultProps: { withBorder: true, closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

/** Tints on a dark background: Mantine's own are nearly black or too bright. */
const tints = Object.fromEntries(
  ['mint', 'red', 'orange', 'yellow', 'blue', 'gray'].flatMap((name) => {
    const tint = (percent: number) => `color-mix(in srgb, var(--mantine-color-${name}-5) ${percent}%, transparent)`;
    return [
      [`--mantine-color-${name}-light`, tint(16)],
      [`--mantine-color-${name}-light-hover`, tint(24)],
      [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-2)`],
    ];
  }),
);

/** The page background differs slightly from the surfaces on it. Dimmed text is readable on both. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--promint-canvas': gray[0],
    '--promint-line': gray[2],
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#67766f',
    '--mantine-color-error': red[7],
    '--mantine-color-orange-light-color': '#8a3a06',
    '--mantine-color-yellow-light-color': '#734a00',
  },
  dark: {
    ...tints,
    '--promint-canvas': dark[8],
    '--promint-line': dark[5],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#84938e',
    '--mantine-color-error': '#ff8f8f',
  },
});
