import type { Sealer } from '@zhengwu/crypto';
import type { Site } from '@zhengwu/module';
import type { Reading } from './checks.ts';
import { ratesOf, type PolledLink, type Rates } from './links.ts';
import { keep, type Measured } from './rounds.ts';
import { poll, type Polled, type SnmpUser } from './snmp.ts';
import { lastCounters, saveLinks, saveSystem, takeDueDevices, type KeptDevice } from './store-devices.ts';

const MOST_AT_ONCE = 20;
const percent = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)}%`);

/** A device's user with its keys opened. */
export const openUser = (sealer: Sealer, device: KeptDevice): KeptDevice & SnmpUser => ({
  ...device, authKey: sealer.open(device.authKey, `${device.id} auth`), privKey: sealer.open(device.privKey, `${device.id} priv`),
});

const deviceReading = (polled: Polled | null, reason: string): Reading => polled
  ? { state: 'good', value: polled.upSeconds, unit: 'seconds', note: { zh: `应答；${polled.links.length} 条链路`, en: `Answers; ${polled.links.length} links` } }
  : { state: 'bad', value: null, unit: 'seconds', note: { zh: `没有应答：${reason}`, en: `No answer: ${reason}` }, remedy: { zh: '检查设备是否在线、SNMP v3 用户和两个口令、防火墙 UDP 端口。', en: 'See whether the device runs, its SNMP v3 user and both passphrases, and the UDP port in the firewall.' } };

const linkReading = (link: PolledLink & Rates): Reading => {
  const use = link.inShare === null || link.outShare === null ? null : Math.max(link.inShare, link.outShare);
  const state = !link.isUp ? 'bad' : (link.loss ?? 0) >= 0.01 || (link.errors ?? 0) >= 10 || (use ?? 0) >= 0.9 ? 'warning' : 'good';
  const figures = { zh: `入 ${percent(link.inShare)}，出 ${percent(link.outShare)}，丢弃 ${percent(link.loss)}`, en: `in ${percent(link.inShare)}, out ${percent(link.outShare)}, discarded ${percent(link.loss)}` };
  return { state, value: use, unit: 'ratio', note: link.isUp ? figures : { zh: '链路中断', en: 'The link is down' }, remedy: { zh: '检查线缆和对端；长期拥塞时扩容。', en: 'Check cable and far end; enlarge what is full for long.' } };
};

/** A link that is down from the first poll on is a port nobody uses: it is listed and not watched. */
const watched = (device: KeptDevice, links: readonly (PolledLink & Rates)[], before: ReadonlyMap<number, unknown>): Measured[] => links
  .filter((link) => link.isUp || before.has(link.index)).map((link) => {
    const name = `${device.name} ${link.name}`;
    return { series: `link:${device.id}:${link.index}`, kind: 'link', group: 'link', name: { zh: name, en: name }, reading: linkReading(link) };
  });

/** Polls one device and keeps what it said; never throws for what the device does. */
export const pollDevice = async ({ database, clock }: Pick<Site, 'database' | 'clock'>, sealer: Sealer, device: KeptDevice): Promise<Measured[]> => {
  let reason = '';
  const polled = await poll(openUser(sealer, device)).catch((error: unknown) => {
    reason = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    return null;
  });
  const own: Measured = { series: `device:${device.id}`, kind: 'device', group: 'device', name: { zh: device.name, en: device.name }, reading: deviceReading(polled, reason) };
  if (polled === null) return [own];
  return database.as(database.system, async (tx) => {
    const [at, before] = [clock.now(), await lastCounters(tx, device.id)];
    const hasRestarted = device.upSeconds !== null && polled.upSeconds < device.upSeconds;
    const links = polled.links.map((link) => {
      const last = hasRestarted ? undefined : before.get(link.index);
      return { ...link, ...ratesOf(last?.counters, link, last ? (at.getTime() - last.at.getTime()) / 1000 : 0) };
    });
    await saveSystem(tx, device.id, polled.upSeconds, polled.description);
    await saveLinks(tx, device.id, at, links);
    return [own, ...watched(device, links, before)];
  });
};

/** Polls the devices whose turn has come. */
export const pollDue = async (site: Pick<Site, 'database' | 'clock'>, sealer: Sealer): Promise<number> => {
  const due = await site.database.as(site.database.system, (tx) => takeDueDevices(tx, MOST_AT_ONCE));
  const measured = await Promise.all(due.map((device) => pollDevice(site, sealer, device)));
  await keep(site, measured.flat());
  return due.length;
};
