/** The site cannot start; the message is one line that says what to do. Anything else thrown at start is a defect. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
