import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Opened } from './connections.ts';
import type { Put } from './drop.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';
import { unreachable } from './table-client.ts';

type Bucket = Opened<'s3'>;

const clientOf = ({ reach: { address, region, accessKey, pathStyle }, secret }: Bucket): S3Client => new S3Client({
  endpoint: address, region, forcePathStyle: pathStyle, credentials: { accessKeyId: accessKey, secretAccessKey: secret }, maxAttempts: 3, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
});

const statusOf = (error: unknown): number => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;

/** Objects whose keys begin with a prefix and end as the format does; an object is whole as soon as it is there. */
export const bucketPlace = (to: Bucket, prefix: string, format: string): FilePlace => {
  const client = clientOf(to);
  const { bucket } = to.reach;
  const list = async (): Promise<Lying[]> => {
    const found: Lying[] = [];
    let next: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next }));
      for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) if (Key?.toLowerCase().endsWith(`.${format}`)) found.push({ file: Key, mark: [ETag, Size, LastModified?.getTime()].join(' '), size: Size ?? 0 });
      next = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (next !== undefined);
    return found;
  };
  return {
    list: async () => {
      try {
        return await list();
      } catch (error) {
        throw unreachable(to.code, error);
      }
    },
    async *read({ file, mark }) {
      const etag = mark.split(' ', 1)[0] ?? '';
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: file, ...(etag === '' ? {} : { IfMatch: etag }) }));
        yield* answer.Body as Readable;
      } catch (error) {
        if ([404, 412].includes(statusOf(error))) throw new Unsettled();
        throw unreachable(to.code, error);
      }
    },
    close: () => client.destroy(),
  };
};

/** Objects below a prefix, each sent with its sha256, which the bucket checks before it answers. To be closed by the caller. */
export const bucketPut = (to: Bucket, prefix: string): { put: Put; close(): void } => {
  const client = clientOf(to);
  return {
    close: () => client.destroy(),
    put: async (name, body) => {
      try {
        await client.send(new PutObjectCommand({ Bucket: to.reach.bucket, Key: `${prefix.replace(/\/+$/, '')}/${name}`, Body: body, ContentLength: body.length, ChecksumSHA256: createHash('sha256').update(body).digest('base64') }));
      } catch (error) {
        throw unreachable(to.code, error);
      }
    },
  };
};
