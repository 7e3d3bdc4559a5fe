// Tests load this module into a process. The process answers each message with its active resources and heap size after a
// garbage collection.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('message', () => {
  collectGarbage();
  process.send?.({ resources: process.getActiveResourcesInfo(), heapUsed: process.memoryUsage().heapUsed });
});
