/** Headers of every answer. */
const everywhere = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
  'cache-control': 'no-store',
} as const;

/** Policy of answers that are not pages: nothing may run or frame them. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Strict policy for pages: own scripts, styles, images and connections only; nothing inline, no frames, no plug-ins. */
export const PAGE_POLICY: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};

const PERMISSIONS = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()';

export interface SecurityHeaders {
  /** For answers that are not pages. */
  api: Readonly<Record<string, string>>;
  /** For HTML. */
  page: Readonly<Record<string, string>>;
}

/** The security headers of a server; `policy` changes single directives of the page policy. */
export const securityHeaders = (isHttps: boolean, policy: Readonly<Record<string, string>> = {}): SecurityHeaders => {
  const transport: Record<string, string> = isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {};
  const merged = { ...PAGE_POLICY, ...policy };
  const pagePolicy = Object.entries(merged).map(([name, value]) => `${name} ${value}`).join('; ');
  return {
    api: { ...everywhere, ...transport, 'content-security-policy': API_POLICY },
    page: {
      ...everywhere,
      ...transport,
      'content-security-policy': isHttps ? `${pagePolicy}; upgrade-insecure-requests` : pagePolicy,
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'permissions-policy': PERMISSIONS,
    },
  };
};
