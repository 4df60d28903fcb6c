/** What shows that a control holds. */
export interface Evidence {
  kind: 'test' | 'document' | 'setting' | 'register' | 'check';
  /** File in the repository, name of the setting, code of the register or of the check. */
  place: string;
  /** Name of the test; empty for the others. */
  name: string;
}

export const test = (place: string, name: string): Evidence => ({ kind: 'test', place, name });
export const paper = (place: string): Evidence => ({ kind: 'document', place, name: '' });
export const setting = (place: string): Evidence => ({ kind: 'setting', place, name: '' });
export const register = (place: string): Evidence => ({ kind: 'register', place, name: '' });
export const check = (place: string): Evidence => ({ kind: 'check', place, name: '' });
