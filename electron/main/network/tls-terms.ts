import { createSecureContext, type ConnectionOptions, type SecureContext } from 'node:tls';

/** An account's authorities, another's, and room for a change of them. */
const maxContexts = 4;

/** By all of their certificates' text, the one used last at the end. */
const contexts = new Map<string, SecureContext>();

/**
 * What every TLS connection of ours insists on: TLS 1.2 or later, and a certificate that one of `ca` (PEM; undefined for
 * Node's own default) vouches for. Connections share what was made of them: to parse a company's list anew each time
 * takes 12 ms and 812 KiB, which are only given back when garbage is collected; even Node's default takes 0.8 ms and
 * 115 KiB (measured with Node 24).
 */
export function tlsTerms(
  ca: readonly string[] | undefined,
): Pick<ConnectionOptions, 'rejectUnauthorized' | 'secureContext'> {
  return {
    // Said aloud, or NODE_TLS_REJECT_UNAUTHORIZED in somebody's environment would take the check away.
    rejectUnauthorized: true,
    secureContext: contextOf(ca),
  };
}

function contextOf(ca: readonly string[] | undefined): SecureContext {
  const key = ca?.join('\n') ?? '';
  const known = contexts.get(key);
  const context = known ?? createSecureContext({ minVersion: 'TLSv1.2', ...(ca !== undefined && { ca: [...ca] }) });
  contexts.delete(key);
  contexts.set(key, context);
  const [oldest] = contexts.keys();
  if (contexts.size > maxContexts && oldest !== undefined) contexts.delete(oldest);
  return context;
}
