/** How long the page waits, in milliseconds. */
const TIMES = {
  /** The gateway sends something every ten seconds; after this silence the connection counts as lost, whatever it says of itself. */
  silentMax: 25_000,
  /** After a stream that was lost, and after one that was refused. */
  againAfterLoss: 1_000,
  againAfterRefusal: 10_000,
};

interface Listener {
  /** Called when the feed is heard, and when it is not any more. */
  heard: (heard: boolean) => void;
  /** Called when something has happened, or may have happened unheard. */
  changed: () => void;
}

/**
 * Listens to the feed of events until the returned function is called.
 *
 * It reads the stream by itself, because the browser's own `EventSource` shows no heartbeats: a stream that stalls, behind a
 * proxy or a network that drops packets, would look alive for ever. Whatever ends a stream, it listens anew.
 */
export function follow(listener: Listener, times = TIMES): () => void {
  const stopped = new AbortController();
  void run(listener, times, stopped.signal);
  return () => stopped.abort();
}

async function run(listener: Listener, times: typeof TIMES, stopped: AbortSignal): Promise<void> {
  for (let missed = false; !stopped.aborted; missed = true) {
    const opened = await listen(listener, times.silentMax, stopped, missed);
    if (!stopped.aborted) {
      listener.heard(false);
      await pause((opened ? times.againAfterLoss : times.againAfterRefusal) * (0.5 + Math.random() / 2), stopped);
    }
  }
}

/** Listens to one stream to its end; returns whether there was one. */
async function listen(listener: Listener, silentMax: number, stopped: AbortSignal, missed: boolean): Promise<boolean> {
  const call = new AbortController();
  const end = () => call.abort();
  stopped.addEventListener('abort', end);
  let silent = setTimeout(end, silentMax);
  let opened = false;
  try {
    const since = encodeURIComponent(new Date().toISOString());
    const answer = await fetch(`/v1/events?since=${since}`, { headers: { Accept: 'text/event-stream' }, credentials: 'same-origin', signal: call.signal });
    if (!answer.ok || answer.body === null) {
      return false;
    }
    opened = true;
    listener.heard(true);
    if (missed) {
      listener.changed();
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(silent);
      silent = setTimeout(end, silentMax);
      const lines = (rest + part.value).split('\n');
      rest = lines.pop() ?? '';
      if (lines.some((line) => line.startsWith('data:'))) {
        listener.changed();
      }
    }
  } catch {
    // The stream was lost, or fell silent: the next one begins soon.
  } finally {
    clearTimeout(silent);
    stopped.removeEventListener('abort', end);
    call.abort();
  }
  return opened;
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    stopped.addEventListener('abort', over);
  });
}
