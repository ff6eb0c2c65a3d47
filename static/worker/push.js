// The service worker's second part, for notifications.
