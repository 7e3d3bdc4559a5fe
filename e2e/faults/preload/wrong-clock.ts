// Loaded before a worker by the harness alone: its clock is an hour ahead.
const hourMs = 3_600_000;
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, [given = target.now() + hourMs]: [number?]) => new target(given),
  get: (target, name) => (name === 'now' ? () => target.now() + hourMs : Reflect.get(target, name)),
});
