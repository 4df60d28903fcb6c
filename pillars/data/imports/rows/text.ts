import { fail } from '../errors.ts';

export type Encoding = 'utf-8' | 'gb18030';

/** The encoding by the file's beginning: UTF-8 where it is valid or marked as such, GB 18030 else. */
export const guessEncoding = (head: Uint8Array): Encoding => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
};

/** The text of a body, piece by piece; throws `import.encoding` at the first byte that is not of the encoding. */
export async function* decode(source: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const part of source) yield decoder.decode(part, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw fail('import.encoding', { encoding });
    throw error;
  }
}
