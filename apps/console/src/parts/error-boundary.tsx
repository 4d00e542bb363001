import { Component, type ReactNode } from 'react'
import { Trouble } from './states.js'

/** Catches mistakes of a page, so that the rest of the console stays. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <Trouble
        title="This page failed"
        detail="It met something it does not understand, or its files are of an older version of the node."
        action={{ label: 'Load it again', run: () => window.location.reload() }}
      />
    )
  }
}
