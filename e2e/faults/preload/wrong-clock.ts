// The harness loads this module into a process. It sets the clock CLOCK_HOURS hours ahead, or behind when negative.
const offsetMs = Number(process.env.CLOCK_HOURS) * 3_600_000;
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given) => Reflect.construct(target, given.length > 0 ? given : [target.now() + offsetMs]),
  get: (target, name) => (name === 'now' ? () => target.now() + offsetMs : Reflect.get(target, name)),
});
