// Loaded into a process that a test measures: answers each message with what the process holds after a garbage collection.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('message', () => {
  collectGarbage();
  process.send?.({ resources: process.getActiveResourcesInfo(), heapUsed: process.memoryUsage().heapUsed });
});
