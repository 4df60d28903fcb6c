import { startSite } from './start.ts';
import { Shown } from './about/shown.ts';

const inOneLine = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return 'the port of the site is in use: stop what listens there, or set ZHENGWU_PORT_SITE to another port';
  return error.message.replace(/\s*\n\s*/g, ' ');
};

const main = async (): Promise<void> => {
  const running = await startSite();
  const { accounts, place } = running.assembled.site.use(Shown);
  const ofCentre = (): string[] => [`${place?.name.zh ?? ''} / ${place?.name.en ?? ''}: ${accounts.map((one) => one.account).join(', ')}   ${accounts[0]?.password ?? ''}`];
  const lines = place ? ofCentre() : accounts.map((one) => `${one.for === 'portal' ? 'Portal 门户   ' : 'Console 工作台'}  ${one.account.padEnd(12)} ${one.password}   ${one.who.zh} / ${one.who.en}`);
  process.send?.({ lines });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
};

main().catch((error: unknown) => {
  process.stderr.write(`${inOneLine(error)}\n`);
  process.exit(1);
});
