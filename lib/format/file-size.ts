const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** Formats a number of bytes: 3100000 becomes `3.1 MB`. */
export function formatFileSize(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${oneDecimal.format(bytes / 1000 ** power)} ${units[power]}`;
}
