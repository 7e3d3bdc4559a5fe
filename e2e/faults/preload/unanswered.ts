import { ServerResponse } from 'node:http';

// Loaded before the web process by the harness alone: it dies in the moment it would answer that something was made.
const writeHead = ServerResponse.prototype.writeHead;

function dieInstead(this: ServerResponse, status: number, ...more: never[]): ServerResponse {
  if (status === 201) process.kill(process.pid, 'SIGKILL');
  return writeHead.call(this, status, ...more);
}

Object.assign(ServerResponse.prototype, { writeHead: dieInstead });
