/** The process cannot start. The message is one sentence that names the problem and its solution. */
export class StartupError extends Error {}
