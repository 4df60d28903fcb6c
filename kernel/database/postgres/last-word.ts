const full = /No space left|could not extend file|free disk space/i;

const tells = (line: string): boolean => /FATAL|PANIC|error:/i.test(line);

/**
 * Why PostgreSQL ended, from its log: in our words for a full disk, else its telling line. What the process `pid` itself said comes first:
 * children of a server that was killed before may still write their own end into the same log.
 */
export const lastWord = (log: string, pid?: number): string => {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => full.test(line))) return 'the disk is full';
  const telling = lines.findLast((line) => pid !== undefined && line.includes(`[${pid}]`) && tells(line)) ?? lines.findLast(tells);
  return (telling ?? lines.at(-1) ?? 'it said nothing').replace(/^.*?(FATAL|PANIC|error):\s*/, '');
};
