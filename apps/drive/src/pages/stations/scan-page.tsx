import './stations.css'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { ApiFailure } from '../../api/failure.js'
import { findByCode } from '../../api/stations.js'
import { Button } from '../../parts/button.js'
import { TextField } from '../../parts/fields.js'
import { PageHead } from '../../parts/page.js'
import { Failure } from '../../parts/states.js'
import { textsOf } from '../../texts/say.js'
import { Camera } from './camera.js'
import { stationHref } from './chosen.js'

const say = textsOf('stations')

const hasCamera = (): boolean => 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices

/** Words of the node about a code that names no charger; undefined for trouble of another kind. */
const wordsOf = (error: unknown): string | undefined =>
  error instanceof ApiFailure && error.type.startsWith('urn:interwatt:problem:code-')
    ? error.detail
    : undefined

/** Finds a charger by the code that is printed on it: scanned, or typed. */
export const ScanPage = () => {
  const [, navigate] = useLocation()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [filming, setFilming] = useState(false)
  const [error, setError] = useState<unknown>()
  const find = async (wanted: string): Promise<void> => {
    setFilming(false)
    setCode(wanted)
    setBusy(true)
    setError(undefined)
    try {
      const { station, evse_uid } = await findByCode(wanted)
      navigate(`${stationHref(station)}?${new URLSearchParams({ evse: evse_uid }).toString()}`)
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <>
      <PageHead
        title={say('scan_title')}
        back={{ href: '/', label: say('title') }}
        below={say('scan_text')}
      />
      <div class="stack">
        {filming && <Camera onCode={(found) => void find(found)} onClose={() => setFilming(false)} />}
        {!filming && hasCamera() && (
          <Button icon="scan" full onClick={() => setFilming(true)}>
            {say('camera_start')}
          </Button>
        )}
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void find(code)
          }}
        >
          <TextField
            label={say('code')}
            hint={say('code_hint')}
            value={code}
            onValue={setCode}
            maxLength={2_000}
            autocomplete="off"
            wrong={wordsOf(error)}
          />
          {error !== undefined && wordsOf(error) === undefined && <Failure error={error} />}
          <Button type="submit" kind={hasCamera() ? 'plain' : 'primary'} busy={busy}>
            {say('code_find')}
          </Button>
        </form>
      </div>
    </>
  )
}

export default ScanPage
