import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { listOf, number, oneOf, optional, type Reader, shape, text } from './reading.js'

const verification = oneOf(['required', 'preferred', 'discouraged'])
const credentialType = oneOf(['public-key'])

const asked = shape({
  challenge: text,
  rpId: optional(text),
  timeout: optional(number),
  userVerification: optional(verification),
})

/** Reads what a passkey has to sign. Which passkeys may is left to the device: the node does not know who it is yet. */
export const requestOptions: Reader<PublicKeyCredentialRequestOptionsJSON> = (value, place) => {
  const { challenge, rpId, timeout, userVerification } = asked(value, place)
  return {
    challenge,
    ...(rpId === null ? {} : { rpId }),
    ...(timeout === null ? {} : { timeout }),
    ...(userVerification === null ? {} : { userVerification }),
  }
}

const wanted = shape({
  rp: shape({ name: text, id: text }),
  user: shape({ id: text, name: text, displayName: text }),
  challenge: text,
  pubKeyCredParams: listOf(shape({ type: credentialType, alg: number })),
  timeout: optional(number),
  excludeCredentials: optional(listOf(shape({ id: text, type: credentialType }))),
  authenticatorSelection: optional(shape({ userVerification: optional(verification) })),
})

/** Reads what the browser needs to make a passkey: one that is found without a name, so that nothing has to be typed. */
export const creationOptions: Reader<PublicKeyCredentialCreationOptionsJSON> = (value, place) => {
  const { rp, user, challenge, pubKeyCredParams, timeout, ...rest } = wanted(value, place)
  return {
    ...{ rp, user, challenge, attestation: 'none' },
    pubKeyCredParams: [...pubKeyCredParams],
    ...(timeout === null ? {} : { timeout }),
    excludeCredentials: [...(rest.excludeCredentials ?? [])],
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: rest.authenticatorSelection?.userVerification ?? 'required',
    },
  }
}
