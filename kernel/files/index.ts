export { createFiles, type Files, type Receive, type StoredFile } from './files.ts';
export type { FileStore, Placed } from './store.ts';
export { sealStore, type SealedStore } from './sealed-store.ts';
export { openLocalStore } from './local-store.ts';
export { openS3Store, type S3Options } from './s3-store.ts';
export { safeFileName } from './file-name.ts';
export { FILE_TYPES, fileTypeOf, type FileType } from './file-types.ts';
export type { Uploads } from './uploads.ts';
