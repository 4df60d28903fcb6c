import type { Readable } from 'node:stream';
import type { Actor } from '@zhengwu/contracts';
import { Directory } from '@zhengwu/directory';
import { fileAnswer, type FileAnswer, type Marking } from '@zhengwu/http';
import { isMarkable, newTrace, openMarker, type Mark } from '@zhengwu/marking';
import type { Site } from '@zhengwu/module';

/** The answer’s bytes, as far as one more than is marked: the marker refuses what is larger. */
const bytesOf = async (body: Readable | Buffer, most: number): Promise<Buffer> => {
  if (Buffer.isBuffer(body)) return body;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > most) break;
  }
  return Buffer.concat(parts);
};

const LARGEST = 64 * 1024 * 1024;

/** To the minute, as clocks in the office show it. */
const minuteOf = (at: Date): string => at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16);

/** Who looks: name, first department, and the end of the account for people of one name. */
const viewerOf = (directory: Directory, actor: Actor): string => {
  const [home] = actor.homeDepartments;
  return [actor.name, home === undefined ? undefined : directory.departmentById(home)?.name.zh, actor.accountId?.slice(-4)].filter(Boolean).join(' ');
};

/** Marks what officials open, and what ends it. */
export const openMarking = (site: Site): { marking: Marking; close(): Promise<void> } => {
  const marker = openMarker({ bytes: LARGEST });
  const copyOf = async (file: FileAnswer, kind: 'pdf' | 'image' | 'refused', mark: Mark): Promise<FileAnswer> => {
    const body = await marker.mark(kind === 'refused' ? 'image' : kind, await bytesOf(file.body, LARGEST), mark);
    return fileAnswer({ type: file.type, name: `查看副本-${file.name}`, inline: file.inline === true, body, size: body.length });
  };
  return {
    marking: async (file, { actor, style }) => {
      const trace = newTrace();
      const kind = isMarkable(file.type);
      if (kind === 'none') return { file, trace };
      return { file: await copyOf(file, kind, { viewer: viewerOf(site.use(Directory), actor), at: minuteOf(site.clock.now()), trace, style }), trace };
    },
    close: () => marker.close(),
  };
};
