import { z } from 'zod';
import type { DeploymentProfile, ProfileLayer } from '../../shared/profile.ts';
import {
  authorityField,
  caFileField,
  clientIdField,
  imapField,
  knownAuthorityField,
  proxyField,
  resourceField,
} from './profile-fields.ts';

const knownAuthoritiesField = z.array(knownAuthorityField, 'must be a list').max(20).readonly();

/** A whole profile, as each account keeps one. */
export const profileSchema = z.strictObject({
  clientId: clientIdField,
  authority: authorityField,
  knownAuthorities: knownAuthoritiesField,
  resource: resourceField,
  imap: imapField,
  extraCaFile: caFileField,
}) satisfies z.ZodType<DeploymentProfile>;

/** Some fields of a profile; what is absent is inherited. Fields nobody knows are an error: most are misspelt. */
export const profileLayerSchema = z.strictObject(
  {
    clientId: clientIdField.exactOptional(),
    authority: authorityField.exactOptional(),
    knownAuthorities: knownAuthoritiesField.exactOptional(),
    resource: resourceField.exactOptional(),
    imap: imapField.exactOptional(),
    extraCaFile: caFileField.exactOptional(),
    proxy: proxyField.exactOptional(),
  },
  'must be an object with fields such as clientId and authority',
) satisfies z.ZodType<ProfileLayer>;
