// Shogo runs one worker a core, so more threads in a product would only fight; and the sums of several threads come in no order,
// which would change the last bits of a model. Set before main, so that no call can come first.
extern void openblas_set_num_threads(int count);

__attribute__((constructor)) static void use_one_thread(void) { openblas_set_num_threads(1); }
