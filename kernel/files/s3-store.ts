import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isHash, type FileStore } from './store.ts';

export interface S3Options {
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  pathStyle: boolean;
}

const clientOf = (options: S3Options): S3Client =>
  new S3Client({
    endpoint: options.endpoint,
    region: options.region,
    forcePathStyle: options.pathStyle,
    credentials: { accessKeyId: options.accessKey, secretAccessKey: options.secretKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

const isAbsent = (error: unknown): boolean => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;

const keyOf = (hash: string): string => {
  if (!isHash(hash)) throw new RangeError('not a file hash');
  return `files/${hash.slice(0, 2)}/${hash}`;
};

/** Bodies in an S3-compatible bucket, each sent with its sha256, which the store checks before it answers. */
export const openS3Store = (options: S3Options): FileStore => {
  const client = clientOf(options);
  const at = (hash: string) => ({ Bucket: options.bucket, Key: keyOf(hash) });
  const sizeOf = async (hash: string): Promise<number | undefined> => {
    try {
      return (await client.send(new HeadObjectCommand(at(hash)))).ContentLength;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  return {
    size: sizeOf,
    async place(path, hash, { size, sha256, replace }) {
      if (replace || (await sizeOf(hash)) !== size) {
        const checksum = Buffer.from(sha256, 'hex').toString('base64');
        await client.send(new PutObjectCommand({ ...at(hash), Body: createReadStream(path), ContentLength: size, ChecksumSHA256: checksum }));
      }
      await unlink(path);
    },
    async open(hash, range) {
      const answer = await client.send(new GetObjectCommand({ ...at(hash), ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }));
      return answer.Body as Readable;
    },
    remove: async (hash) => void (await client.send(new DeleteObjectCommand(at(hash)))),
    async *list() {
      let next: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: options.bucket, Prefix: 'files/', ContinuationToken: next }));
        for (const { Key } of page.Contents ?? []) if (Key && isHash(Key.slice(9))) yield Key.slice(9);
        next = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (next !== undefined);
    },
    check: async () => void (await client.send(new HeadBucketCommand({ Bucket: options.bucket }))),
  };
};
