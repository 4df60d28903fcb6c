import { systemClock } from '@zhengwu/clock';
import { openDatabase, type Connection } from '@zhengwu/database';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { openRegisters, Registers } from '@zhengwu/registers';
import { runImport, type RunSite } from './running.ts';

/** A process that works on one import until it is done or killed: `node killed.fixture.ts <connection> <folder> <import>`. */
const [connection = '', folder = '', id = ''] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(connection) as Connection);
const files = await createFiles({ store: await openLocalStore(`${folder}/bodies`), folder, maxBytes: 1 });
const registers = await openRegisters(database);
const use = ((wanted: { name: string }) => (wanted.name === Registers.name ? registers : undefined)) as RunSite['use'];
process.exitCode = (await runImport({ database, files, clock: systemClock, use }, id)) ? 0 : 3;
await database.close();
