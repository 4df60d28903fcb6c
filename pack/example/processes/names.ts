/** English names of the processes’ elements; the Chinese ones are in the models. */
export const libraryCard: Record<string, string> = {
  submitted: 'Submitted',
  accept: 'Accept',
  accepted: 'Accepted?',
  recordAcceptance: 'Record acceptance',
  issue: 'Issue the card',
  close: 'Close',
  done: 'Done',
  refuseAcceptance: 'Refuse acceptance',
  refused: 'Refused',
};
