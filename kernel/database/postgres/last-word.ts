const full = /No space left|could not extend file|free disk space/i;

/** Why PostgreSQL ended, from its log: in our words for a full disk, else its telling line. */
export const lastWord = (log: string): string => {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => full.test(line))) return 'the disk is full';
  const telling = lines.findLast((line) => /FATAL|PANIC|error:/i.test(line));
  return (telling ?? lines.at(-1) ?? 'it said nothing').replace(/^.*?(FATAL|PANIC|error):\s*/, '');
};
