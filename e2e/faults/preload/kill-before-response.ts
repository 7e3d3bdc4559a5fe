import { ServerResponse } from 'node:http';

// The harness loads this module into the web process. The process kills itself instead of sending a 201 answer.
const writeHead = ServerResponse.prototype.writeHead;

function killOnCreated(this: ServerResponse, status: number, ...more: never[]): ServerResponse {
  if (status === 201) process.kill(process.pid, 'SIGKILL');
  return writeHead.call(this, status, ...more);
}

Object.assign(ServerResponse.prototype, { writeHead: killOnCreated });
