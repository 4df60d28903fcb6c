// Loaded into each program before its own code: when the supervisor is gone, killed even, the program ends in order.
import process from 'node:process';

if (process.channel) {
  process.channel.unref();
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
