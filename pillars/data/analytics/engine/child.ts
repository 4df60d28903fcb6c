// DuckDB in a process of its own: what it takes of memory and time, and a fault in it, stay there.
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import type { Answer, Task } from './task.ts';

const [memory = '512MB', folder = '.'] = process.argv.slice(2);
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** It reads and writes the folder of snapshots and nothing else, fetches no extension, and nothing that it is asked can change that. */
const open = async (): Promise<DuckDBConnection> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: memory, temp_directory: `${folder}/tmp` });
  const connection = await instance.connect();
  await connection.run(`set allowed_directories = [${literal(`${folder}/`)}]`);
  await connection.run(`set allowed_paths = ['/dev/stdin']`);
  for (const line of ['set autoinstall_known_extensions = false', 'set autoload_known_extensions = false', 'set enable_external_access = false', 'set lock_configuration = true']) await connection.run(line);
  return connection;
};

const connection = open();

const run = async ({ sql, values }: Task): Promise<Answer> => {
  try {
    const reader = await (await connection).runAndReadAll(sql, values as DuckDBValue[]);
    return { columns: reader.columnNames(), rows: reader.getRowsJson() as Answer['rows'] };
  } catch (error) {
    return { columns: [], rows: [], error: error instanceof Error ? error.message : String(error) };
  }
};

process.on('message', (task: Task & { id: number }) => {
  void run(task).then((answer) => process.send?.({ id: task.id, ...answer }));
});
// Who asks is gone.
process.on('disconnect', () => process.exit(0));
