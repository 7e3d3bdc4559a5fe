import { formatNumber } from '#lib/format/number';
import classes from './CodesMeter.module.css';

type Props = { automatic: boolean; codeCount: number; maxCodes: number };

/** The number of codes and the maximum, as text and as a bar. */
export function CodesMeter({ automatic, codeCount, maxCodes }: Props) {
  if (automatic) return <span className={classes.none}>Automatic, no codes</span>;
  const share = Math.min(1, codeCount / maxCodes);
  return (
    <div className={classes.meter}>
      <span>
        <b>{formatNumber(codeCount)}</b> <span className={classes.of}>of {formatNumber(maxCodes)}</span>
      </span>
      <div className={classes.track} aria-hidden="true">
        <div
          className={classes.bar}
          data-full={share === 1 || undefined}
          style={{ width: `${codeCount > 0 ? Math.max(2, share * 100) : 0}%` }}
        />
      </div>
    </div>
  );
}
