import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.js'
import { Notice } from '../../parts/states.js'
import { textsOf } from '../../texts/say.js'
import { openReader } from './scanner.js'

const say = textsOf('stations')

/** Time between two looks at the picture, in milliseconds. */
const LOOK_MS = 250

/** Shows what the camera sees until a code is in it. The browser asks the driver first. */
export const Camera = ({
  onCode,
  onClose,
}: {
  readonly onCode: (code: string) => void
  readonly onClose: () => void
}) => {
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onCode)
  latest.current = onCode
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let stream: MediaStream | undefined
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const shown = video.current
      if (gone || shown === null) return stop()
      shown.srcObject = stream
      await shown.play()
      const reader = await openReader()
      const look = async (): Promise<void> => {
        if (gone) return
        const code = await reader.read(shown).catch(() => undefined)
        if (gone) return
        if (code !== undefined && code !== '') latest.current(code)
        else timer = setTimeout(() => void look(), LOOK_MS)
      }
      await look()
    }
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    run().catch(() => setFailed(true))
    return () => {
      gone = true
      clearTimeout(timer)
      stop()
    }
  }, [])
  if (failed) return <Notice kind="warn">{say('camera_failed')}</Notice>
  return (
    <div class="camera">
      <video ref={video} muted playsInline aria-label={say('camera_label')} />
      <div class="camera-frame" />
      <Button kind="plain" small onClick={onClose}>
        {say('camera_stop')}
      </Button>
    </div>
  )
}
