import { randomUUID } from 'node:crypto';
import type { Ground } from './ground.ts';
import { ask, citizen, portalHeaders, residents, type Person } from './people.ts';

/** A signed-in resident with a portrait already uploaded, ready to apply for a replacement card. */
export interface Applicant extends Person {
  submission(): Buffer;
}

const SERVICE = 'identity-card-replacement';
/** The smallest PNG that is one. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64');

const upload = async (ground: Ground, person: Person): Promise<string> => {
  const grant = await ask<{ id: string; address: string; token: string }>(ground, person.request('POST', '/api/uploads', { owner: 'intake', service: SERVICE, material: 'portrait-photo', name: 'portrait.png', type: 'image/png' }), 201);
  const response = await fetch(`http://127.0.0.1:${ground.port}${grant.address}`, {
    method: 'PUT', body: PNG, headers: { 'content-type': 'application/octet-stream', 'x-upload-token': grant.token, ...portalHeaders('PUT', grant.address) },
  });
  if (!response.ok) throw new Error(`upload: ${response.status} ${await response.text()}`);
  return grant.id;
};

const applicantOf = async (ground: Ground, account: string): Promise<Applicant> => {
  const person = await citizen(ground, account);
  const portrait = await upload(ground, person);
  const body = {
    service: SERVICE, materials: [{ material: 'portrait-photo', upload: portrait }],
    values: { reason: 'lost', lostOn: '2026-01-20', lossDeclared: true, phone: '12500000001', delivery: 'window' },
  };
  return { ...person, submission: () => person.request('POST', '/api/cases', body, randomUUID()) };
};

/** So many different applicants, signed in. */
export const openApplicants = async (ground: Ground, count: number): Promise<Applicant[]> => {
  return Promise.all((await residents(ground, count)).map((account) => applicantOf(ground, account)));
};
