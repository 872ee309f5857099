/* The browser's store of words that the server has not got yet. The desk writes in it. */

/** Opened, or rejected when the browser does not allow it. */
export function openKept() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("bra", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/** Do something with what is kept; the answer comes when it is on the disk. */
export function finished(database, act) {
  return new Promise((resolve, reject) => {
    const change = database.transaction("kept", "readwrite", { durability: "strict" });
    const asked = act(change.objectStore("kept"));
    change.oncomplete = () => resolve(asked?.result);
    change.onerror = () => reject(change.error);
    change.onabort = () => reject(change.error);
  });
}
