import type { ProbeBody } from '@zhengwu/contracts';
import { askHttp, askTcp, askTls } from './asking.ts';
import { grade, type Reading } from './checks.ts';

const DAYS = { warning: 30, bad: 7 };
const one = (value: number): number => Math.round(value * 10) / 10;
const renew = { zh: '请续期证书并重新加载服务。', en: 'Renew the certificate and reload the service.' };
const repair = { zh: '检查目标是否运行、地址和端口是否正确、防火墙是否放行。', en: 'See whether the target runs, whether address and port are right and the firewall lets it pass.' };

const httpReading = async (probe: ProbeBody, ca?: string): Promise<Reading> => {
  const host = probe.host.includes(':') ? `[${probe.host}]` : probe.host;
  const { status, body, milliseconds, days } = await askHttp(new URL(`${probe.kind}://${host}:${probe.port}${probe.path ?? '/'}`), { timeoutMs: probe.timeoutMs, ...(ca ? { ca } : {}) });
  const wanted = probe.expectStatus ?? 200;
  const measured = { value: milliseconds, unit: 'milliseconds' as const };
  if (status !== wanted) return { ...measured, state: 'bad', note: { zh: `应答状态 ${status}，应为 ${wanted}`, en: `Answered ${status}, not ${wanted}` }, remedy: repair };
  if (probe.expectText !== undefined && !body.includes(probe.expectText)) return { ...measured, state: 'bad', note: { zh: `应答中没有“${probe.expectText}”`, en: `The answer lacks “${probe.expectText}”` }, remedy: repair };
  if (days !== null && grade(days, DAYS) !== 'good') return { ...measured, state: grade(days, DAYS), note: { zh: `证书 ${one(days)} 天后到期`, en: `The certificate ends in ${one(days)} days` }, remedy: renew };
  return { ...measured, state: 'good', note: { zh: `应答 ${status}，用时 ${milliseconds} 毫秒`, en: `Answered ${status} in ${milliseconds} ms` } };
};

const tlsReading = async (probe: ProbeBody, ca?: string): Promise<Reading> => {
  const { days, fault, milliseconds } = await askTls(probe.host, probe.port, probe.timeoutMs, ca);
  if (fault !== null) return { state: 'bad', value: one(days), unit: 'days', note: { zh: `证书链不可信：${fault}`, en: `The chain is not trusted: ${fault}` }, remedy: renew };
  return { state: grade(days, DAYS), value: one(days), unit: 'days', note: { zh: `握手用时 ${milliseconds} 毫秒；证书 ${one(days)} 天后到期`, en: `Shook hands in ${milliseconds} ms; the certificate ends in ${one(days)} days` }, remedy: renew };
};

/** What a probe finds now; never throws. `ca` stands in for the system's authorities in tests. */
export const runProbe = async (probe: ProbeBody, ca?: string): Promise<Reading> => {
  try {
    if (probe.kind === 'tls') return await tlsReading(probe, ca);
    if (probe.kind !== 'tcp') return await httpReading(probe, ca);
    const milliseconds = await askTcp(probe.host, probe.port, probe.timeoutMs);
    return { state: 'good', value: milliseconds, unit: 'milliseconds', note: { zh: `已连通，用时 ${milliseconds} 毫秒`, en: `Connected in ${milliseconds} ms` } };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    return { state: 'bad', value: null, unit: 'milliseconds', note: { zh: `没有应答：${reason}`, en: `No answer: ${reason}` }, remedy: repair };
  }
};
