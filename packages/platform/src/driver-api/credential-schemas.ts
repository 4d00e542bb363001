import type { JsonSchema } from '@interwatt/protocol'

const base64url = (maxLength: number): JsonSchema => ({
  type: 'string',
  pattern: '^[A-Za-z0-9_-]+$',
  maxLength,
})

/** What browsers add of their own is let through: the library reads what it knows. */
const open = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: true,
})

const credential = (response: JsonSchema): JsonSchema =>
  open(
    {
      id: base64url(1400),
      rawId: base64url(1400),
      type: { type: 'string', const: 'public-key' },
      clientExtensionResults: { type: 'object', additionalProperties: true },
      authenticatorAttachment: { type: ['string', 'null'], maxLength: 40 },
      response,
    },
    ['id', 'rawId', 'type', 'clientExtensionResults', 'response'],
  )

/** `toJSON()` of what `navigator.credentials.create` gives. */
export const registrationSchema = credential(
  open(
    {
      clientDataJSON: base64url(8_192),
      attestationObject: base64url(65_536),
      transports: { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 40 } },
    },
    ['clientDataJSON', 'attestationObject'],
  ),
)

/** `toJSON()` of what `navigator.credentials.get` gives. */
export const authenticationSchema = credential(
  open(
    {
      clientDataJSON: base64url(8_192),
      authenticatorData: base64url(8_192),
      signature: base64url(8_192),
      userHandle: base64url(128),
    },
    ['clientDataJSON', 'authenticatorData', 'signature'],
  ),
)
