#pragma once
#include <cblas.h>

// Debian's OpenBLAS holds LAPACK but ships no lapacke.h: the Fortran symbols that Shogo calls.
// Matrices are column-major; `lwork == -1` asks for the best workspace size.
extern void ssyevd_(const char *jobz, const char *uplo, const int *n, float *a, const int *lda, float *w,
                    float *work, const int *lwork, int *iwork, const int *liwork, int *info);
extern void sgesdd_(const char *jobz, const int *m, const int *n, float *a, const int *lda, float *s, float *u,
                    const int *ldu, float *vt, const int *ldvt, float *work, const int *lwork, int *iwork, int *info);
extern void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
