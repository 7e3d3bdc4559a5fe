// Loaded before a worker by the harness alone: its clock is so many hours ahead, or behind.
const offMs = Number(process.env.CLOCK_HOURS) * 3_600_000;
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given) => Reflect.construct(target, given.length > 0 ? given : [target.now() + offMs]),
  get: (target, name) => (name === 'now' ? () => target.now() + offMs : Reflect.get(target, name)),
});
