/** A failed start. The message is one sentence that says what is wrong and what to do. */
export class StartupError extends Error {}
