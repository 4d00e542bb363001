import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Loading } from './states.js'

/** A page whose code is fetched when it is first opened. A failure goes to the error boundary around it. */
export const lazyPage = (load: () => Promise<{ readonly default: ComponentType }>): ComponentType => {
  let loaded: ComponentType | undefined
  return () => {
    const [, drawAgain] = useState(0)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (loaded !== undefined) return
      load().then(
        (page) => {
          loaded = page.default
          drawAgain(1)
        },
        () => setFailed(true),
      )
    }, [])
    if (failed) throw new Error('The code of this page could not be fetched.')
    if (loaded === undefined) return <Loading />
    const Page = loaded
    return <Page />
  }
}
