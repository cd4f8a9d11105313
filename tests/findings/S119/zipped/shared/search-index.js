window.coursewrightIndex = {"units":[],"terms":[]};
