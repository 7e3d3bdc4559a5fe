/** The start cannot go on; the message is one sentence that says what is wrong and what to do. */
export class StartupError extends Error {}
