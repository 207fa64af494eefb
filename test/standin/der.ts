/**
 * The few DER encodings (ITU-T X.690) that an X.509 certificate is made of. Each function returns one
 * complete tag-length-value.
 */

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Buffer.from([0x80 | octets.length, ...octets]);
}

/** Any tag around `content`. */
export function derValue(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(body.length), body]);
}

export const derSequence = (...items: readonly Buffer[]): Buffer => derValue(0x30, ...items);
export const derSet = (...items: readonly Buffer[]): Buffer => derValue(0x31, ...items);
export const derOctetString = (content: Buffer): Buffer => derValue(0x04, content);
export const derUtf8String = (text: string): Buffer => derValue(0x0c, Buffer.from(text, 'utf8'));
export const derTrue = Buffer.from([0x01, 0x01, 0xff]);

/** A non-negative integer from its big-endian octets. */
export function derInteger(octets: Buffer): Buffer {
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start += 1;
  const significant = octets.subarray(start);
  const needsZero = (significant[0] ?? 0) >= 0x80;
  return derValue(0x02, needsZero ? Buffer.concat([Buffer.from([0]), significant]) : significant);
}

/** A bit string; `unusedBits` is the number of low bits of the last octet that don't count. */
export function derBitString(content: Buffer, unusedBits = 0): Buffer {
  return derValue(0x03, Buffer.from([unusedBits]), content);
}

/** An object identifier in dotted form, e.g. `2.5.29.17`. */
export function derObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128));
    octets.push(...groups);
  }
  return derValue(0x06, Buffer.from(octets));
}

/** A UTCTime, to the second; right for the years 1950 to 2049 (RFC 5280 section 4.1.2.5.1). */
export function derUtcTime(time: Date): Buffer {
  const digits = time.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return derValue(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}
