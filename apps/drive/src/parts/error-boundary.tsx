import { Component, type ComponentChildren } from 'preact'
import { textsOf } from '../texts/say.js'
import { Notice } from './states.js'

const say = textsOf('frame')

/** Catches mistakes of a page, so that the rest of the app stays. */
export class ErrorBoundary extends Component<{ readonly children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false }

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ComponentChildren {
    if (!this.state.failed) return this.props.children
    return (
      <Notice
        kind="bad"
        title={say('failed_title')}
        action={{ label: say('load_again'), run: () => window.location.reload() }}
      >
        {say('failed_text')}
      </Notice>
    )
  }
}
