#include "CTesseract.h"

#ifdef SHOGO_OCR

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <tesseract/capi.h>
#include <time.h>

struct shogo_tesseract {
    TessBaseAPI *api;
    TessResultIterator *lines;  // stands on the next line, or NULL
    char *text;                 // of the last line handed out
};

/// Debian's Tesseract asks OpenMP for four threads by number, so that `omp_set_num_threads` does not stop it, and OpenMP has read its
/// environment before our first instruction. No level of parallel regions does stop it. The setting belongs to the calling thread.
/// Looked up by name: a Tesseract without OpenMP needs nothing.
static void stay_on_this_thread(void) {
    void (*set_levels)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");
    if (set_levels) set_levels(0);
}

const char *shogo_tesseract_version(void) { return TessVersion(); }

/// Forgets the last page.
static void forget(shogo_tesseract *handle) {
    if (handle->text) TessDeleteText(handle->text);
    handle->text = NULL;
    if (handle->lines) TessResultIteratorDelete(handle->lines);
    handle->lines = NULL;
    TessBaseAPIClear(handle->api);
    // What one page taught it about its type must not change how the next one is read.
    TessBaseAPIClearAdaptiveClassifier(handle->api);
}

/// Leptonica, which Tesseract stands on, tells stderr of every odd small picture. By name, so that its headers are not needed.
static void silence_leptonica(void) {
    int (*set_severity)(int) = (int (*)(int))dlsym(RTLD_DEFAULT, "setMsgSeverity");
    if (set_severity) set_severity(6);  // L_SEVERITY_NONE
}

shogo_tesseract *shogo_tesseract_open(const char *folder, const char *languages) {
    shogo_tesseract *handle = calloc(1, sizeof *handle);
    if (!handle) return NULL;
    stay_on_this_thread();
    silence_leptonica();
    handle->api = TessBaseAPICreate();
    // Remarks such as "Empty page!!" would go to stderr, which is for people.
    TessBaseAPISetVariable(handle->api, "debug_file", "/dev/null");
    if (TessBaseAPIInit2(handle->api, folder, languages, OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(handle->api);
        free(handle);
        return NULL;
    }
    // Tesseract opens that file with its first remark, and stays on stderr when it cannot: a worker may not open it any more once it
    // is confined. A file of settings that is not there has it make a remark now.
    TessBaseAPIReadConfigFile(handle->api, "shogo-has-no-settings");
    return handle;
}

void shogo_tesseract_close(shogo_tesseract *handle) {
    forget(handle);
    TessBaseAPIEnd(handle->api);
    TessBaseAPIDelete(handle->api);
    free(handle);
}

void shogo_tesseract_set(
    shogo_tesseract *handle, const uint8_t *grey, int32_t width, int32_t height, int32_t dots_per_inch, int32_t layout) {
    forget(handle);
    TessBaseAPISetPageSegMode(
        handle->api, layout == SHOGO_TESSERACT_VERTICAL_BLOCK ? PSM_SINGLE_BLOCK_VERT_TEXT
                     : layout == SHOGO_TESSERACT_BLOCK        ? PSM_SINGLE_BLOCK
                                                              : PSM_AUTO);
    TessBaseAPISetImage(handle->api, grey, width, height, 1, width);
    if (dots_per_inch > 0) TessBaseAPISetSourceResolution(handle->api, dots_per_inch);
}

int32_t shogo_tesseract_find(shogo_tesseract *handle, shogo_tesseract_box *boxes, int32_t capacity) {
    stay_on_this_thread();
    TessPageIterator *place = TessBaseAPIAnalyseLayout(handle->api);
    int32_t count = 0;
    while (place && count < capacity) {
        int left = 0, top = 0, right = 0, bottom = 0;
        // Pictures and rules are blocks as well, with one line in each.
        const TessPolyBlockType type = TessPageIteratorBlockType(place);
        const int is_text = type >= PT_FLOWING_TEXT && type <= PT_CAPTION_TEXT;
        if (is_text && TessPageIteratorBoundingBox(place, RIL_TEXTLINE, &left, &top, &right, &bottom))
            boxes[count++] = (shogo_tesseract_box){left, top, right, bottom};
        if (!TessPageIteratorNext(place, RIL_TEXTLINE)) break;
    }
    if (place) TessPageIteratorDelete(place);
    return count;
}

int shogo_tesseract_read(shogo_tesseract *handle, int32_t milliseconds) {
    stay_on_this_thread();
    ETEXT_DESC *monitor = TessMonitorCreate();
    if (!monitor) return SHOGO_TESSERACT_FAILED;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    TessMonitorSetDeadlineMSecs(monitor, milliseconds);
    int status = TessBaseAPIRecognize(handle->api, monitor);
    TessMonitorDelete(monitor);
    clock_gettime(CLOCK_MONOTONIC, &end);
    // Tesseract answers the same to a page that is late and to one that it cannot read.
    int64_t taken = (int64_t)(end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1000000;
    if (status != 0) return taken >= milliseconds ? SHOGO_TESSERACT_LATE : SHOGO_TESSERACT_FAILED;
    handle->lines = TessBaseAPIGetIterator(handle->api);
    return SHOGO_TESSERACT_OK;
}

int shogo_tesseract_next(shogo_tesseract *handle, shogo_tesseract_line *line) {
    if (handle->text) TessDeleteText(handle->text);
    handle->text = NULL;
    while (handle->lines && !handle->text) {
        TessPageIterator *place = TessResultIteratorGetPageIterator(handle->lines);
        handle->text = TessResultIteratorGetUTF8Text(handle->lines, RIL_TEXTLINE);
        if (handle->text) {
            int left = 0, top = 0, right = 0, bottom = 0;
            if (!TessPageIteratorBoundingBox(place, RIL_TEXTLINE, &left, &top, &right, &bottom)) left = top = right = bottom = 0;
            TessOrientation orientation;
            TessWritingDirection direction = WRITING_DIRECTION_LEFT_TO_RIGHT;
            TessTextlineOrder order;
            float skew;
            TessPageIteratorOrientation(place, &orientation, &direction, &order, &skew);
            *line = (shogo_tesseract_line){
                .text = handle->text, .left = left, .top = top, .right = right, .bottom = bottom,
                .confidence = TessResultIteratorConfidence(handle->lines, RIL_TEXTLINE),
                .is_vertical = direction == WRITING_DIRECTION_TOP_TO_BOTTOM};
        }
        if (!TessResultIteratorNext(handle->lines, RIL_TEXTLINE)) {
            TessResultIteratorDelete(handle->lines);
            handle->lines = NULL;
        }
    }
    return handle->text != NULL;
}

#endif
