import { startPortal } from './start.ts';

try {
  const app = await startPortal();
  const stop = (): void => void app.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  process.stderr.write(code === 'EADDRINUSE' ? `Port ${port ?? ''} is in use; set ZHENGWU_PORT_PORTAL / 端口被占用，请设置 ZHENGWU_PORT_PORTAL\n` : `${message}\n`);
  process.exit(1);
}
