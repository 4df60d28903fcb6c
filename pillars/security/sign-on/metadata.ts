import type { AdapterPayload } from 'oidc-provider';
import type { SignOnClient } from './store.ts';

/** In the subject of a certificate an institution is known by its credit code; this is how it is written in the client's metadata. */
export const institutionDn = (uscc: string): string => `organizationIdentifier=${uscc}`;

/** A registration as the protocol knows it (OpenID Connect Dynamic Client Registration 1.0 §2). */
export const metadataOf = (client: SignOnClient): AdapterPayload => ({
  client_id: client.clientId,
  client_name: client.name.zh,
  redirect_uris: client.redirectUris,
  post_logout_redirect_uris: client.logoutUris,
  ...(client.backchannelUri === null ? {} : { backchannel_logout_uri: client.backchannelUri, backchannel_logout_session_required: true }),
  token_endpoint_auth_method: client.method,
  ...(client.keys ? { jwks: client.keys } : {}),
  ...(client.institution === null ? {} : { tls_client_auth_subject_dn: institutionDn(client.institution) }),
  tls_client_certificate_bound_access_tokens: client.bound,
  scope: client.scopes.join(' '),
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  id_token_signed_response_alg: 'ES256',
  subject_type: 'pairwise',
  application_type: 'web',
});
