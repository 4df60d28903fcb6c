import { columnKeys, createSealer, suiteNamed, type Sealer } from '@zhengwu/crypto';
import type { Site } from '@zhengwu/module';
import { openUser } from './devices.ts';
import { openIntake, type Intake } from './intake.ts';
import { receiveTraps, type TrapReceiver } from './snmp.ts';
import { devices, insertTrap } from './store-devices.ts';
import { insertLines } from './store-lines.ts';

const FALLBACK_SECRET = 'monitoring-without-key-passphrase';
const USERS_MS = 15_000;
/** Traps that are kept a second; the rest is counted as refused. */
const TRAPS_A_SECOND = 50;

/** What listens to the network: syslog and traps, where their ports are set. */
export interface Network {
  readonly sealer: Sealer;
  intake(): Intake | null;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const listenForTraps = (site: Site, sealer: Sealer): { receiver: TrapReceiver; stop(): Promise<void> } => {
  const { database, clock, log, config: { monitoring: { host, trapPort } } } = site;
  let [second, count] = [0, 0];
  const receiver = receiveTraps({ host, port: trapPort }, (trap) => {
    const now = Math.floor(clock.now().getTime() / 1000);
    if (now !== second) [second, count] = [now, 0];
    if ((count += 1) > TRAPS_A_SECOND) return;
    database.as(database.system, (tx) => insertTrap(tx, clock.now(), trap)).catch((error: unknown) => log.error({ err: error }, 'a trap could not be kept'));
  }, (reason) => log.debug({ reason }, 'a trap was refused'));
  const refresh = async (): Promise<void> => {
    const known = await database.as(database.system, devices, { readOnly: true });
    receiver.accept(known.filter(({ isOn }) => isOn).map((device) => openUser(sealer, device)));
  };
  const refreshed = (): void => void refresh().catch((error: unknown) => log.error({ err: error }, 'the users of traps could not be read'));
  refreshed();
  const timer = setInterval(refreshed, USERS_MS);
  return { receiver, stop: async () => {
    clearInterval(timer);
    await receiver.close();
  } };
};

export const openNetwork = (site: Site): Network => {
  const { config, database, log } = site;
  const sealer = createSealer(config.keyPassphrase ?? FALLBACK_SECRET, 'monitoring.device', suiteNamed(config.cryptoSuite), columnKeys(config));
  let intake: Intake | null = null;
  let traps: { stop(): Promise<void> } | null = null;
  return {
    sealer,
    intake: () => intake,
    start: async () => {
      const { host, syslogPort, trapPort } = config.monitoring;
      if (syslogPort > 0) intake = await openIntake({ host, port: syslogPort, log, write: (lines) => database.as(database.system, (tx) => insertLines(tx, lines)) });
      if (trapPort > 0) traps = listenForTraps(site, sealer);
    },
    stop: async () => {
      await intake?.close();
      await traps?.stop();
      [intake, traps] = [null, null];
    },
  };
};
