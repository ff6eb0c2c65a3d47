// What another app shared waits in the service worker (worker/share.js), which gives it out once.
const TIMEOUT = 3000; // milliseconds: a worker from before this script does not answer
const worker = navigator.serviceWorker?.controller;

export function take(id) { // { words, photos }, or nothing
  return new Promise((resolve) => {
    if (!worker) return resolve();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, TIMEOUT);
    worker.postMessage({ take: id }, [port2]);
  });
}
export function hold(id, photos) { worker.postMessage({ hold: id, share: { words: "", photos } }); }
