/** The kernel's WebAssembly, by compile-kernel.mjs. */
export declare const kernelBase64: string;
